import { BASE_STYLE, MEDIA_STYLE } from '../drawing/style.ts'

/** The page's style sheet. */
export const PAGE_STYLE = `${BASE_STYLE}
section>p,.legend,.remark{color:var(--muted)}
nav{display:flex;flex-wrap:wrap;gap:4px 20px;margin-top:24px;padding-top:12px;border-top:1px solid var(--rule);font-size:14px}
.scroll{overflow-x:auto;position:relative}
table{border-collapse:collapse;font-size:14px}
caption{text-align:left;color:var(--muted);padding-bottom:8px;max-width:96ch}
th,td{padding:5px 18px 5px 0;text-align:left;vertical-align:baseline;font-weight:400;border-bottom:1px solid var(--rule)}
thead th,thead td{color:var(--muted);border-bottom-color:var(--muted)}
.number{text-align:right}
td small{display:block;color:var(--muted);font-size:12px;white-space:nowrap}
.accuracies{width:100%}
.accuracies td,.accuracies thead th:not(:first-child){text-align:right;padding:7px 0 7px 16px}
.accuracies thead tr:first-child th{text-align:right;border-bottom:0;padding-bottom:0;color:var(--ink);font-weight:600}
.accuracies thead tr:first-child td{border-bottom:0}
.accuracies tbody td,.accuracies tbody th{font-size:17px}
.accuracies tbody td:nth-child(6),.accuracies tbody td:nth-child(9){padding-left:40px}
.accuracies.single tbody td:nth-child(2){font-weight:650}
.remark{font-size:13px;margin-top:10px;max-width:96ch}
.best{font-weight:650}
td small{font-weight:400}
.run{display:inline-flex;align-items:center;gap:7px;white-space:nowrap}
.mark{width:12px;height:12px;flex:none}.line{width:22px;height:10px;flex:none;stroke-width:2;fill:none}
.legend{display:flex;flex-wrap:wrap;gap:2px 18px;font-size:14px;max-width:none}
section>.legend{margin-bottom:16px}
.panels{display:grid;gap:32px 36px}.panels.three{grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr))}.panels.two{grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr))}
.chart text{font-size:11.5px}
.panels figcaption{display:flex;flex-wrap:wrap;justify-content:space-between;gap:2px 18px;font-size:14px;margin-bottom:4px}
.panels b{font-weight:600}
.chart{--plot-background:var(--paper);width:100%;height:auto;overflow:visible;color:var(--muted);font:12px/1 inherit}
.tick,.axis{fill:var(--muted);font-size:12px}
.classes .grid{stroke:var(--rule);fill:none}
.classes .divider{stroke:var(--muted);stroke-dasharray:2 3;fill:none}
.classes .mean{stroke-width:1.25;fill:none}
.classes .count{fill:var(--clips)}.classes .accuracy{fill:var(--bar)}.classes .hit{fill:transparent}
.classes g:hover .hit{fill:var(--ink);fill-opacity:.07}
.symbol{stroke:var(--paper);stroke-width:.8}
details{margin:14px 0 20px}summary{cursor:pointer;color:var(--right);font-size:14px;width:fit-content}
details[open] summary{margin-bottom:12px}
.full th:last-child{padding-right:0}
.bar{position:relative;min-width:132px}
.bar[style]{background:linear-gradient(var(--right),var(--right)) no-repeat left 0 center/calc(var(--share)*72px) 8px;padding-left:84px;padding-right:0}
.confusions{display:flex;flex-wrap:wrap;gap:24px 48px;align-items:flex-start;margin-bottom:40px}
.confusions>*{min-width:0}
.confusion{max-width:100%}
.confusion figcaption{font-size:14px;font-weight:600;margin-bottom:6px}
.matrix{position:relative;width:max-content}
.right{--heat:var(--right)}.wrong{--heat:var(--wrong)}
.heat .right,.heat .wrong{stroke:var(--heat);stroke-width:1;fill:none;shape-rendering:crispEdges}
.heat .rules{stroke:var(--muted);stroke-dasharray:2 3;fill:none}
.heat .frame{fill:none;stroke:var(--rule)}
.heat .cursor{fill:none;stroke:var(--ink);stroke-width:1.5}
.heat .counts{pointer-events:none}.heat .on-dark{fill:var(--on-dark)}
${[...Array(10).keys()].map((index) => `.shade-${index + 1}{opacity:${((index + 1) / 10).toFixed(1)}}`).join('')}
.scale{white-space:nowrap;margin-right:18px}.scale i{display:inline-block;width:14px;height:11px;background:var(--heat)}
.tip{position:absolute;z-index:1;pointer-events:none;background:var(--ink);color:var(--paper);font-size:13px;line-height:1.35;padding:6px 9px;border-radius:3px;width:max-content;max-width:260px}
dl{margin:0;font-size:14px}
.score{display:grid;grid-template-columns:68px 1fr auto;gap:0 8px;align-items:baseline;padding:3px 0;border-bottom:2px solid var(--rule);border-image:linear-gradient(90deg,var(--heat) calc(var(--share,0)*100%),var(--rule) 0) 1;line-height:1.3}
.score dt{color:var(--muted);font-size:12px}dd{margin:0;overflow-wrap:anywhere}
.tables{columns:2 420px;column-gap:48px}.tables .scroll{break-inside:avoid;margin-bottom:32px}
.setup{margin-bottom:28px}.tables .setup{width:100%;margin:0}
.setup caption{color:var(--ink);font-weight:600}
.tables .setup th[scope=row]{width:46%}.setup th[scope=row]{color:var(--muted);white-space:nowrap}.setup td{overflow-wrap:anywhere}
${MEDIA_STYLE}
@media (max-width:640px){.panels{gap:24px}}
@media print{.classes,.heat{max-width:100%;height:auto}.panels.three{grid-template-columns:repeat(3,1fr);gap:12px}.accuracies tbody td,.accuracies tbody th{font-size:10pt}.accuracies td,.accuracies thead th:not(:first-child){padding-left:8px;font-size:9pt}.accuracies tbody td:nth-child(6),.accuracies tbody td:nth-child(9){padding-left:16px}.matrix{width:auto}}
`
