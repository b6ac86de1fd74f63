/**
 * The page's script: values of the confusion matrix under the pointer or the arrow keys, and the skeleton players.
 * Plain text, because it runs in the reader's browser without any build.
 */
export const PAGE_SCRIPT = `
'use strict'
for (const figure of document.querySelectorAll('.confusion')) showCells(figure)
for (const gallery of document.querySelectorAll('[data-gallery]')) playGallery(gallery)

const opened = []
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details:not([open])')) {
    details.open = true
    opened.push(details)
  }
})
addEventListener('afterprint', () => { for (const details of opened.splice(0)) details.open = false })

function showCells(figure) {
  const { names, counts } = JSON.parse(figure.querySelector('script').textContent)
  const svg = figure.querySelector('.heat')
  const cursor = svg.querySelector('.cursor')
  const tip = figure.querySelector('.tip')
  const spoken = figure.querySelector('output')
  const margin = Number(svg.dataset.margin)
  const cell = Number(svg.dataset.cell)
  let row = 0
  let column = 0

  function show(speak) {
    const total = counts[row].reduce((sum, pair) => sum + pair[1], 0)
    const found = counts[row].find((pair) => pair[0] === column)
    const value = found ? found[1] : 0
    const share = total > 0 ? ' (' + (100 * value / total).toFixed(1) + '%)' : ''
    const text = row === column
      ? names[row] + ': ' + value + ' of ' + total + ' right' + share
      : names[row] + ': ' + value + ' of ' + total + ' predicted as ' + names[column] + share
    const x = margin + column * cell
    const y = margin + row * cell
    cursor.setAttribute('x', x)
    cursor.setAttribute('y', y)
    cursor.setAttribute('visibility', 'visible')
    tip.textContent = text
    tip.hidden = false
    const size = svg.viewBox.baseVal.width
    const scale = svg.getBoundingClientRect().width / size
    const left = x * scale > size * scale / 2 ? x * scale - tip.offsetWidth - 8 : (x + cell) * scale + 8
    tip.style.left = Math.max(0, left) + 'px'
    tip.style.top = Math.max(0, y * scale - tip.offsetHeight - 8) + 'px'
    if (speak) spoken.textContent = text
  }
  function hide() {
    tip.hidden = true
    cursor.setAttribute('visibility', 'hidden')
  }
  svg.addEventListener('pointermove', (event) => {
    const box = svg.getBoundingClientRect()
    const scale = box.width / svg.viewBox.baseVal.width
    const at = (position) => Math.floor((position / scale - margin) / cell)
    const inside = (index) => index >= 0 && index < names.length
    const nextRow = at(event.clientY - box.top)
    const nextColumn = at(event.clientX - box.left)
    if (!inside(nextRow) || !inside(nextColumn)) return hide()
    row = nextRow
    column = nextColumn
    show(false)
  })
  svg.addEventListener('pointerleave', hide)
  svg.addEventListener('focus', () => { if (svg.matches(':focus-visible')) show(true) })
  svg.addEventListener('blur', hide)
  svg.addEventListener('keydown', (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
    if (event.key === 'Escape') hide()
    if (!step) return
    event.preventDefault()
    const keep = (index) => Math.min(names.length - 1, Math.max(0, index))
    row = keep(row + step[0])
    column = keep(column + step[1])
    show(true)
  })
}

function playGallery(gallery) {
  const { bones, clips } = JSON.parse(gallery.querySelector('script').textContent)
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  let turn = 0
  const figures = [...gallery.querySelectorAll('.clip')]
  const players = figures.map((figure, index) => createPlayer(figure, clips[index], bones, () => turn))
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

function createPlayer(figure, clip, bones, turn) {
  const canvas = figure.querySelector('canvas')
  const button = figure.querySelector('[data-play]')
  const slider = figure.querySelector('[data-scrub]')
  const clock = figure.querySelector('.player output')
  const id = button.getAttribute('aria-label').replace('Play ', '')
  const bytes = Uint8Array.from(atob(clip.points), (character) => character.charCodeAt(0))
  const points = new Int16Array(bytes.buffer)
  const { persons, frames, joints, channels, seconds } = clip
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
    clock.textContent = Math.min(time, seconds).toFixed(1) + ' s'
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
      context.strokeStyle = context.fillStyle = style.getPropertyValue('--series-' + person % 7)
      context.lineWidth = 2.25
      for (const [child, parent] of bones) {
        const a = place(child)
        const b = place(parent)
        if (!a || !b) continue
        context.beginPath()
        context.moveTo(a[0], a[1])
        context.lineTo(b[0], b[1])
        context.stroke()
      }
      for (let joint = 0; joint < joints; joint++) {
        const a = place(joint)
        if (!a) continue
        context.beginPath()
        context.arc(a[0], a[1], 2.4, 0, 2 * Math.PI)
        context.fill()
      }
    }
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
