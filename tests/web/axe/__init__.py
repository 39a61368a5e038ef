"""axe-core 4.10.3, as npm gives it out (MPL-2.0): what of a page people with other senses cannot use."""

from pathlib import Path

from playwright.sync_api import Page

_AXE = Path(__file__).parent / "axe.min.js"
_RUN = """void axe.run().then(({ violations }) => {
  window.violations = violations.map((one) => [one.id, ...one.nodes.map((node) => node.html)].join(" "));
})"""


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page, each with the elements at fault.

    The page's context has to be made with `bypass_csp`: our pages run no script but ours.
    """
    page.add_script_tag(path=_AXE)
    page.evaluate(_RUN)
    page.wait_for_function("window.violations !== undefined")
    found: list[str] = page.evaluate("window.violations")
    return found
