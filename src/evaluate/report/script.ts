import { PLAYER_SCRIPT } from '../drawing/player-script.ts'

/**
 * The page's script: values of the confusion matrix under the pointer or the arrow keys, and the skeleton players.
 * Plain text, because it runs in the reader's browser without any build.
 */
export const PAGE_SCRIPT = `
'use strict'
for (const figure of document.querySelectorAll('.confusion')) showCells(figure)

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

${PLAYER_SCRIPT}`
