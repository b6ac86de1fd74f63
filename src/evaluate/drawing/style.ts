import { DARK_SERIES, LIGHT_SERIES, seriesProperties } from './palette.ts'

/** What the style sheets of all pages begin with. */
export const BASE_STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1d21;--muted:#5d636d;--rule:#d9dce1;--faint:#f3f4f6;--right:#0067a5;--wrong:#c24a00;--on-dark:#fff;--bar:#4a93c4;--clips:#a9aeb8;
${seriesProperties(LIGHT_SERIES)}}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#e6e8eb;--muted:#9ba1ab;--rule:#363a41;--faint:#1e2125;--right:#5eb3ea;--wrong:#f08a4b;--on-dark:#15171a;--bar:#45809f;--clips:#6a707b;
${seriesProperties(DARK_SERIES)}}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0 auto;max-width:1192px;padding:56px 24px 96px;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
h1{margin:0 0 12px;font-size:30px;line-height:1.2;font-weight:650;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{margin:0 0 16px;font-size:20px;font-weight:650;letter-spacing:-.01em}
h3{margin:28px 0 12px;font-size:16px;font-weight:600}
p{margin:0 0 14px;max-width:74ch}
section{margin-top:64px}
.lead{font-size:19px;line-height:1.45;max-width:64ch;color:var(--muted)}
.lead strong{color:var(--ink);font-weight:650}
.notice{border-left:3px solid var(--wrong);padding:2px 0 2px 14px}
a{color:var(--right);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--right);outline-offset:2px;border-radius:2px}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
figure{margin:0}
svg{display:block}
svg text{fill:currentColor;font-family:inherit}
.controls{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center;font-size:14px;max-width:none}
.controls label{display:flex;align-items:center;gap:8px;color:var(--muted)}
button{font:inherit;font-size:13px;line-height:1;padding:6px 10px;min-width:58px;border:1px solid var(--rule);border-radius:4px;background:transparent;color:inherit;cursor:pointer}
button:hover{border-color:var(--muted)}
input[type=range]{accent-color:var(--right);min-width:0}
.clips{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,248px),1fr));gap:28px 24px}
.clip{min-width:0}
.clip canvas{display:block;width:100%;aspect-ratio:1;background:var(--faint);border-radius:4px}
.player{display:flex;align-items:center;gap:10px;margin:8px 0;font-size:13px;color:var(--muted)}.player input{flex:1}.player output{min-width:40px;text-align:right}
.id{margin:6px 0 0;color:var(--muted);font-size:12px;overflow-wrap:anywhere}
ul{margin:0;padding-left:20px;max-width:74ch}li{margin-bottom:6px}
`

/** What they end with: narrow screens and paper. */
export const MEDIA_STYLE = `
@media (max-width:640px){body{padding:32px 16px 64px}section{margin-top:48px}h1{font-size:25px}.lead{font-size:17px}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--muted:#444;--rule:#ccc;--faint:#fff;--right:#0067a5;--wrong:#c24a00;--on-dark:#fff;--bar:#4a93c4;--clips:#a9aeb8;
${seriesProperties(LIGHT_SERIES)}}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}body{max-width:none;padding:0;font-size:11pt}nav,.controls,.player,summary{display:none}.scroll{overflow:visible}
section{margin-top:28pt}figure,tr{break-inside:avoid}h2,h3{break-after:avoid}.clip canvas{border:1px solid var(--rule)}.clips{grid-template-columns:repeat(3,1fr)}}
`
