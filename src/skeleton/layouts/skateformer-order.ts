/**
 * Joints of a layout in the order in which SkateFormer lays them side by side, four per part: arms, legs, and the trunk
 * by its width and height. The spine at the shoulders of NTU RGB+D is left out. By name of the layout.
 */
// biome-ignore format: a row per part
export const skateformerOrders: Readonly<Record<'nturgb+d' | 'nw_ucla', readonly number[]>> = {
  'nturgb+d': [
    6, 7, 21, 22,
    10, 11, 23, 24,
    12, 13, 14, 15,
    16, 17, 18, 19,
    4, 8, 5, 9,
    1, 2, 0, 3,
  ],
  nw_ucla: [
    4, 5, 6, 7,
    8, 9, 10, 11,
    12, 13, 14, 15,
    16, 17, 18, 19,
    1, 2, 0, 3,
  ],
}
