/** Channels of branches side by side: `narrow` of all but one, and `rest`, what the division leaves, of that one. */
export function branchWidths(outChannels: number, branches: number): { narrow: number; rest: number } {
  const narrow = Math.floor(outChannels / branches)
  return { narrow, rest: outChannels - narrow * (branches - 1) }
}
