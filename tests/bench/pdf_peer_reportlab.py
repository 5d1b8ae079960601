# SPDX-License-Identifier: GPL-3.0-or-later
# pdf_peer_reportlab.py PLAN FONTFILE N FILE: the same plan by reportlab's platypus.
import io
import sys

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

plan, font, n, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
lines = [(line[0], line[2:].rstrip("\n")) for line in open(plan, encoding="utf-8")]
pdfmetrics.registerFont(TTFont("F", font, subfontIndex=0))
BODY = ParagraphStyle("b", fontName="F", fontSize=10.3, leading=16.7, wordWrap="CJK", spaceAfter=6)
HEAD = ParagraphStyle("h", fontName="F", fontSize=15.5, leading=21, spaceBefore=14, spaceAfter=5, keepWithNext=1)
TITLE = ParagraphStyle("t", fontName="F", fontSize=20, leading=28, spaceAfter=14)


def furniture(canvas, doc):
    canvas.setFont("F", 8.2)
    canvas.drawString(60, 796, "大客户规划")
    canvas.drawString(60, 36, "截至 2026-09-30 · %d" % doc.page)


def chart(bars):
    d = Drawing(475, 240)
    for i, (name, value) in enumerate(bars):
        y = 220 - 20 * i
        d.add(String(0, y + 4, name, fontName="F", fontSize=8))
        d.add(Rect(90, y, value * 0.25, 14, fillColor=colors.HexColor("#1F5A8C"), strokeColor=None))
        d.add(String(96 + value * 0.25, y + 4, str(value), fontName="F", fontSize=8))
    return d


def story(k):
    s, rows, bars = [], [["#", "客户", "等级", "净收入", "份额", "最近购买"]], []
    for kind, text in lines:
        text = text.replace("{N}", str(k))
        if kind == "R":
            rows.append(text.split("|"))
            continue
        if len(rows) > 1:
            t = Table(rows, repeatRows=1, colWidths=[30, 185, 40, 90, 50, 80], rowHeights=15.4)
            t.setStyle([("FONT", (0, 0), (-1, -1), "F", 8), ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, colors.HexColor("#F6F8FB")])])
            s.append(t)
            rows = rows[:1]
        if kind == "B":
            name, value = text.split("|")
            bars.append((name, int(value)))
        else:
            s.append(Paragraph(text, {"T": TITLE, "H": HEAD, "P": BODY}[kind]))
    s.append(chart(bars))
    return s


for k in range(1, n + 1):
    target = out if k == n else io.BytesIO()
    doc = SimpleDocTemplate(target, pagesize=A4, leftMargin=54, rightMargin=54, topMargin=62, bottomMargin=56)
    doc.build(story(k), onFirstPage=furniture, onLaterPages=furniture)
