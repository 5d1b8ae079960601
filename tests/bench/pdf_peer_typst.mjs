// SPDX-License-Identifier: GPL-3.0-or-later
// pdf_peer_typst.mjs PLAN FONTFILE N FILE FOLDER AGE: the same plan by Typst, through its compiler for Node in FOLDER/node_modules
// (npm install @myriaddreamin/typst-ts-node-compiler there). One process and one compiler for all N documents, untagged. AGE: for
// how many documents it may remember what it laid out; 0: nothing, like everybody else in this bench. (All documents of the plan have the
// same paragraphs but for a number in the title, which real ones have not.)
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const [plan, file, n, out, folder, age] = process.argv.slice(2);
const family = { 'wqy-microhei': 'WenQuanYi Micro Hei', 'wqy-zenhei': 'WenQuanYi Zen Hei' }[basename(file).replace(/\.\w+$/, '')];
const { NodeCompiler } = createRequire(join(folder, 'x.js'))('@myriaddreamin/typst-ts-node-compiler');
const lines = readFileSync(plan, 'utf8').split('\n').filter(Boolean).map((l) => [l[0], l.slice(2)]);
const quote = (s) => JSON.stringify(s);

function source(k) {
  let body = '', rows = [], bars = [];
  for (const [kind, raw] of lines) {
    const text = raw.replace('{N}', k);
    if (kind === 'R') {
      rows.push(...text.split('|').map(quote));
      continue;
    }
    if (kind === 'B') {
      bars.push(text.split('|'));
      continue;
    }
    if (rows.length) {
      body += `#table(columns: (30pt, 1fr, 40pt, 90pt, 50pt, 80pt), rows: 15.4pt, inset: (x: 4pt, y: 3pt), stroke: none,
        fill: (x, y) => if y == 0 { rgb("#1F5A8C") } else if calc.even(y) { rgb("#F6F8FB") },
        table.header(..("#", "客户", "等级", "净收入", "份额", "最近购买").map(c => text(fill: white, c))),
        ..(${rows.join(',')}).map(c => text(8pt, c)))\n`;
      rows = [];
    }
    if (kind === 'P') body += `#par(${quote(text)})\n`;
    else body += `#heading(level: ${kind === 'T' ? 1 : 2}, ${quote(text)})\n`;
  }
  for (const [name, value] of bars)
    body += `#grid(columns: (90pt, auto, auto), row-gutter: 6pt, column-gutter: 6pt, align: horizon, text(8pt, ${quote(name)}),
      rect(width: ${value * 0.25}pt, height: 14pt, fill: rgb("#1F5A8C")), text(8pt, ${quote(value)}))\n`;
  return `#set page("a4", margin: (x: 54pt, top: 62pt, bottom: 56pt), header: text(8.2pt)[大客户规划],
      footer: context text(8.2pt)[截至 2026-09-30 · #counter(page).display()])
    #set document(title: "大客户规划", date: none)
    #set text(font: ${quote(family)}, size: 10.3pt, lang: "zh", region: "cn")
    #set par(leading: 6.4pt, spacing: 12pt, justify: true)
    #show heading.where(level: 1): set text(20pt)
    #show heading.where(level: 2): set text(15.5pt)\n${body}`;
}

const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: [dirname(file)] }] });
let pdf;
for (let k = 1; k <= n; k++) {
  pdf = compiler.pdf({ mainFileContent: source(k) }, { pdfTags: false });
  compiler.evictCache(Number(age));
}
writeFileSync(out, pdf);
