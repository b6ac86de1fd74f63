/** In a checkout: a module that imports the package gets its sources, as the program does, and not a build of them. */
export function resolve(specifier, context, nextResolve) {
  const [own, entry = ''] = /^ossature(\/\w+)?$/.exec(specifier) ?? []
  return nextResolve(own ? new URL(`../src${entry}/index.ts`, import.meta.url).href : specifier, context)
}
