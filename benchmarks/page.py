"""How a long report's page behaves in a browser: 1,500 utterances (ninety minutes) against 100.

    python benchmarks/page.py

Prints for each size the file, milliseconds to the first paint, of one filter and of one jump to a place, and the ratio
of the two sizes; 15 is linear, 1 is no growth. The browser is the Chromium that is installed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests import invented

from transcript_rapport.analysis import report_on
from transcript_rapport.renderers import html

SIZES = (100, 1500)
TIMED = """async act => {
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const begun = performance.now();
  if (act === 'filter') document.querySelector('#show-reflection').click();
  else document.querySelector('.line:last-child').scrollIntoView();
  await frame();
  return performance.now() - begun;
}"""
LINES: tuple[invented.Line, ...] = (
    ("T", "So part {} of it stays with you, and nobody has asked what it costs.", ["reflection.complex"]),
    ("C", "Yes, and on day {} I was frightened again, and I told no one about it.", ["client.emotion"]),
    ("T", "What would make evening {} a little easier for you?", ["question.open"]),
    ("C", "Maybe calling my sister, as I did {} weeks ago, when she still picked up.", ["talk=change"]),
)


def page(n: int) -> str:
    lines = [(who, text.format(i), codes) for i in range(n) for who, text, codes in [LINES[i % 4]]]
    return html.render(report_on(invented.coded(lines, [(i * 3600, i * 3600 + 3400) for i in range(n)])))


def figures(browser: Any, path: Path) -> dict[str, float]:
    tab = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    tab.goto(path.as_uri())
    tab.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    paint = tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    told = {"kB": path.stat().st_size / 1000, "first paint, ms": paint}
    told |= {"jump to the end, ms": tab.evaluate(TIMED, "jump"), "filter, ms": tab.evaluate(TIMED, "filter")}
    tab.close()
    return told


def main() -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as run:
        browser = run.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        held = []
        for size in SIZES:
            path = Path(folder) / f"{size}.html"
            path.write_text(page(size), encoding="utf-8")
            figures(browser, path)  # the first page also warms the browser
            held.append(figures(browser, path))
        browser.close()
    for name, small in held[0].items():
        print(f"{name}: {small:.0f} ({SIZES[0]}), {held[1][name]:.0f} ({SIZES[1]}), ratio {held[1][name] / small:.1f}")


if __name__ == "__main__":
    main()
