"""A compact leaflet that satisfies every rule of the print step, and the means to spoil it one place at a time."""

from __future__ import annotations

from printables.typeset.page import Page, PrintRules

PARAGRAPH = (
    "You meet a trained therapist once a week. Together you look at what is going on with the people "
    "around you, and at how you feel. You choose one thing to work on. "
)

CSS = """
@page { size: A4; margin: 22mm 20mm 22mm 20mm;
  @bottom-left { content: "DEMO-ADULT-EN-1.0"; font-size: 12pt }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font-size: 12pt } }
html { font: 14pt/1.5 "Atkinson Hyperlegible"; color: #111; font-variant-ligatures: normal }
body { margin: 0; max-width: 150mm }
h1 { font-size: 24pt; margin: 0 0 6mm } h2 { font-size: 18pt; margin: 8mm 0 2mm; break-after: avoid }
ul ul { list-style: disc } /* the typeface has no hollow bullet */
p, ul, ol, table { margin: 0 0 4mm } li { margin: 0 0 1mm }
table { border-collapse: collapse; width: 100% } th, td { border: 1px solid #333; padding: 2mm; text-align: left }
a { color: #003a70 } svg { width: 60mm; height: 12mm; display: block }
#help-now { border: 2px solid #111; padding: 4mm; break-inside: avoid }
.rule { height: 2mm; background: #ccc }
"""

HTML = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Demo therapy: a leaflet for adults</title>
<meta name="author" content="Demo Clinic"><meta name="description" content="What demo therapy is.">
<meta name="keywords" content="therapy, leaflet"><meta name="generator" content="Printables">
<meta name="dcterms.created" content="2025-01-10"><meta name="dcterms.modified" content="2025-02-01">
</head><body>
<h1>Demo therapy</h1>
<section id="in-short"><h2>In short</h2>
<p>This is a <strong>short</strong> talking therapy. If you need help at once, see
<a href="#help-now">Help now</a>.</p><div class="rule"></div></section>
<section id="what-happens"><h2>What happens</h2>
<ul><li>You meet <b>once</b> a week.</li><li>It takes 12 to 16 weeks, in most clinics that offer it to people like you.
<ul><li>A first meeting</li><li>A last meeting</li></ul></li></ul>
<ol><li>Call the clinic.</li><li>Choose a day.</li></ol>
<p>{PARAGRAPH * 3}</p>
<p>{PARAGRAPH * 3}</p></section>
<section id="numbers"><h2>In numbers</h2>
<table><thead><tr><th>Part</th><th>Weeks</th><th>Meetings</th></tr></thead>
<tbody><tr><th scope="row">Start</th><td>1 to 4</td><td>4</td></tr>
<tr><th scope="row">Middle</th><td>5 to 12</td><td>8</td></tr>
<tr><th scope="row">End</th><td>13 to 16</td><td>4</td></tr></tbody></table>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 12"><title>Two of three parts are done</title>
<rect width="40" height="12" fill="#003a70"/><rect x="40" width="20" height="12" fill="#ddd"/></svg></section>
<section id="questions"><h2>Questions to ask</h2>
<p>{PARAGRAPH * 2}</p><!-- spoil here --></section>
<section id="help-now"><h2>Help now</h2>
<p>In danger? Call <a href="tel:999">999</a>. To talk at any hour, call Samaritans on
<a href="tel:116123">116 123</a> or write to <a href="mailto:jo@samaritans.org">jo@samaritans.org</a>.</p></section>
<section id="references"><h2>Where this comes from</h2>
<p>NICE. <a href="https://www.nice.org.uk/guidance/ng222">Depression in adults, NG222</a>, 2022.</p></section>
</body></html>"""

RULES = PrintRules(max_pages=3, whole=("help-now",))


def leaflet(*swaps: tuple[str, str], css: str = "", rules: PrintRules = RULES) -> Page:
    """The sample with each (old, new) text exchanged and `css` added; refuses a swap that would change nothing."""
    html = HTML
    for old, new in swaps:
        assert old in html, f"the sample has no {old!r}"
        html = html.replace(old, new)
    return Page(html=html, css=CSS + css, rules=rules)


def spoiled(markup: str, css: str = "", rules: PrintRules = RULES) -> Page:
    """The sample with `markup` put at the end of the section `questions`."""
    return leaflet(("<!-- spoil here -->", markup), css=css, rules=rules)
