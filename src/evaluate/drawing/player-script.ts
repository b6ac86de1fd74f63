import { LIGHT_SERIES } from './palette.ts'

/**
 * The skeleton players of a page, see `gallery`. Plain text, because it runs in the reader's browser without any build.
 */
export const PLAYER_SCRIPT = `
for (const gallery of document.querySelectorAll('[data-gallery]')) playGallery(gallery)

function playGallery(gallery) {
  const { clips, ...drawing } = JSON.parse(gallery.querySelector('script').textContent)
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  let turn = 0
  const figures = [...gallery.querySelectorAll('.clip')]
  const players = figures.map((figure, index) => createPlayer(figure, clips[index], drawing, () => turn))
  const all = gallery.querySelector('[data-all]')
  const name = () => { all.textContent = players.some((player) => player.playing) ? 'Pause all' : 'Play all' }
  all.addEventListener('click', () => {
    const play = !players.some((player) => player.playing)
    for (const player of players) player.setPlaying(play)
    name()
  })
  gallery.addEventListener('playing', name)
  const slider = gallery.querySelector('[data-turn]')
  if (slider) slider.addEventListener('input', () => {
    turn = Number(slider.value) * Math.PI / 180
    slider.parentElement.querySelector('output').textContent = slider.value + '\\u00b0'
    for (const player of players) player.draw()
  })
  const drawAll = () => { for (const player of players) player.draw() }
  for (const query of ['(prefers-color-scheme: dark)', 'print']) matchMedia(query).addEventListener('change', drawAll)
  addEventListener('resize', drawAll)

  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) players[figures.indexOf(entry.target)].visible = entry.isIntersecting
  })
  for (const figure of figures) watch.observe(figure)
  for (const player of players) player.setPlaying(!still)
  name()
  let before = performance.now()
  requestAnimationFrame(function tick(now) {
    for (const player of players) if (player.playing && player.visible) player.advance((now - before) / 1000)
    before = now
    requestAnimationFrame(tick)
  })
}

function createPlayer(figure, clip, { bones, pale = [], frameNumbers = false }, turn) {
  const canvas = figure.querySelector('canvas')
  const button = figure.querySelector('[data-play]')
  const slider = figure.querySelector('[data-scrub]')
  const clock = figure.querySelector('.player output')
  const id = button.getAttribute('aria-label').replace('Play ', '')
  const bytes = Uint8Array.from(atob(clip.points), (character) => character.charCodeAt(0))
  const points = new Int16Array(bytes.buffer)
  const { persons, frames, joints, channels, seconds, borrowed = [] } = clip
  const pause = 0.7
  let time = 0
  const player = { playing: false, visible: true, draw, advance, setPlaying }

  function frameNow() {
    return Math.min(frames - 1, Math.floor(time / seconds * frames))
  }
  function advance(elapsed) {
    time += elapsed
    if (time > seconds + pause) time = 0
    show()
  }
  function show() {
    slider.value = frameNow()
    const frame = clip.first + Math.floor((frameNow() + 0.5) * clip.span / frames)
    clock.textContent = frameNumbers ? 'frame ' + frame : Math.min(time, seconds).toFixed(1) + ' s'
    draw()
  }
  function setPlaying(playing) {
    player.playing = playing
    button.textContent = playing ? 'Pause' : 'Play'
    button.setAttribute('aria-label', (playing ? 'Pause ' : 'Play ') + id)
  }
  function draw() {
    const width = canvas.clientWidth || 248
    const height = canvas.clientHeight || width
    const ratio = devicePixelRatio || 1
    if (canvas.width !== Math.round(width * ratio)) {
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
    }
    const context = canvas.getContext('2d')
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, width, height)
    const style = getComputedStyle(canvas)
    const scale = Math.min((width / 2 - 14) / clip.halfWidth, (height / 2 - 14) / clip.halfHeight)
    const [cosine, sine] = [Math.cos(turn()), Math.sin(turn())]
    const frame = frameNow()
    context.lineCap = 'round'
    for (let person = 0; person < persons; person++) {
      const start = (frame * persons + person) * joints * channels
      const place = (joint) => {
        const at = start + joint * channels
        if (points[at] === -32768) return null
        const across = channels > 2 ? points[at] * cosine + points[at + 2] * sine : points[at]
        return [width / 2 + across * scale, height / 2 - points[at + 1] * scale]
      }
      const colour = (joint) => {
        context.globalAlpha = pale.includes(joint) ? 0.4 : 1
        const series = borrowed.includes(joint) ? person + 2 : person
        context.strokeStyle = context.fillStyle = style.getPropertyValue('--series-' + series % ${LIGHT_SERIES.length})
      }
      context.lineWidth = 2.25
      for (const [child, parent] of bones) {
        const a = place(child)
        const b = place(parent)
        if (!a || !b) continue
        colour(pale.includes(parent) ? parent : child)
        context.beginPath()
        context.moveTo(a[0], a[1])
        context.lineTo(b[0], b[1])
        context.stroke()
      }
      for (let joint = 0; joint < joints; joint++) {
        const a = place(joint)
        if (!a) continue
        colour(joint)
        context.beginPath()
        context.arc(a[0], a[1], 2.4, 0, 2 * Math.PI)
        context.fill()
      }
    }
    context.globalAlpha = 1
  }
  function announce() {
    button.dispatchEvent(new Event('playing', { bubbles: true }))
  }
  button.addEventListener('click', () => {
    if (!player.playing && time >= seconds) time = 0
    setPlaying(!player.playing)
    announce()
  })
  slider.addEventListener('input', () => {
    setPlaying(false)
    time = (Number(slider.value) + 0.5) / frames * seconds
    show()
    announce()
  })
  time = seconds / 2
  show()
  return player
}
`
