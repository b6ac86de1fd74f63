/** A picture of one channel, row-major; `offset` is where it starts in `data`. */
export interface Plane {
  readonly data: Float32Array
  readonly offset: number
  readonly height: number
  readonly width: number
}

type Place = readonly [x: number, y: number]

/** Values beyond this many standard deviations are not drawn. */
const REACH = 3
/** Shorter segments, in squared pixels, are drawn as a point. */
const SHORTEST = 1

/** Draws exp(-d^2 / (2 sigma^2)) * height around a place; where more is drawn already, that stays. */
export function drawPeak(plane: Plane, place: Place, height: number, sigma: number): void {
  const [x, y] = place
  drawWindow(plane, [x, x], [y, y], sigma, height, (column, row) => (column - x) ** 2 + (row - y) ** 2)
}

/** The same around the segment between two places. */
export function drawRidge(plane: Plane, start: Place, end: Place, height: number, sigma: number): void {
  const along = [end[0] - start[0], end[1] - start[1]]
  const length = along[0] ** 2 + along[1] ** 2
  drawWindow(plane, [start[0], end[0]], [start[1], end[1]], sigma, height, (column, row) => {
    const projected = ((column - start[0]) * along[0] + (row - start[1]) * along[1]) / length
    const share = Math.min(1, Math.max(0, projected))
    return (column - start[0] - share * along[0]) ** 2 + (row - start[1] - share * along[1]) ** 2
  })
}

/** Whether a segment is so short that its start stands for it. */
export function isPointLike(start: Place, end: Place): boolean {
  return (start[0] - end[0]) ** 2 + (start[1] - end[1]) ** 2 < SHORTEST
}

function drawWindow(
  plane: Plane,
  xs: Place,
  ys: Place,
  sigma: number,
  height: number,
  squaredDistance: (column: number, row: number) => number,
): void {
  const [left, right] = windowOf(xs, sigma, plane.width)
  const [top, bottom] = windowOf(ys, sigma, plane.height)
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const at = plane.offset + row * plane.width + column
      const value = Math.exp(-squaredDistance(column, row) / 2 / sigma ** 2) * height
      if (value > plane.data[at]) plane.data[at] = value
    }
  }
}

/** The pixels [from, to) within reach of both coordinates, whole numbers taken towards zero and cut at the edges. */
function windowOf([a, b]: Place, sigma: number, size: number): [from: number, to: number] {
  const from = Math.max(0, Math.trunc(Math.min(a, b) - REACH * sigma))
  const to = Math.min(size, Math.trunc(Math.max(a, b) + REACH * sigma) + 1)
  return [from, to]
}
