import { createHash } from 'node:crypto'
import { escapeHtml } from './escape.ts'

/**
 * A self-contained HTML page. It requests nothing from anywhere: its content security policy forbids it, and only the page's
 * own script, known by its hash, is executed.
 */
export function htmlPage({
  title,
  style,
  body,
  script,
}: Record<'title' | 'style' | 'body' | 'script', string>): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${sha256(script)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
<script>${script}</script>
</body>
</html>
`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
