"""Sites whose robots.txt, or whose wish to be left alone, is out of the ordinary."""

from __future__ import annotations

from tests.web import behaviours
from tests.web.attacks import answers, attack, everywhere
from tests.web.behaviours import STATEMENT
from tests.web.sites import Page, Site, html, plain, redirect


def _site(host: str, robots: Page) -> Site:
    return Site(host, robots=robots, any_page=STATEMENT)


@attack("robots_unreachable")
def robots_500(host: str) -> Site:
    """A server error counts as no."""
    return _site(host, Page(b"oops", 500))


@attack("")
def robots_403(host: str) -> Site:
    """A refusal counts as no rules."""
    return _site(host, Page(b"no", 403))


@attack("", "robots_unreachable", "http_429")
def robots_429(host: str) -> Site:
    """RFC 9309: allowed; many crawlers: not now."""
    return _site(host, Page(b"slow down", 429))


@attack("robots_unreachable")
def robots_timeout(host: str) -> Site:
    """No answer counts as no."""
    return _site(host, Page(behaviour=behaviours.never_answers))


@attack("robots_unreachable")
def robots_drip(host: str) -> Site:
    """An answer that never ends counts as no."""
    return _site(host, Page(behaviour=behaviours.drip_body))


@attack("robots_unreachable")
def robots_drops_connection(host: str) -> Site:
    """A broken connection counts as no."""
    return _site(host, Page(behaviour=behaviours.drops_at_once))


@attack("")
def robots_huge(host: str) -> Site:
    """1.2 MB of rules: the first 500 kB count, and allow the statement."""
    rule = "Disallow: /nothing/of/interest\n"
    return _site(host, plain("User-agent: *\n" + rule * 40_000 + "Disallow: /\n"))


@attack("", "robots_unreachable")
def robots_endless(host: str) -> Site:
    """Rules without end."""
    return _site(host, Page(behaviour=behaviours.endless_robots))


@attack("robots_disallow", path="/private")
def robots_redirect(host: str) -> tuple[Site, ...]:
    """The rules are on another host, and count for this one."""
    other = f"rules-of-{host}"
    rules = plain("User-agent: *\nDisallow: /private\n")
    return _site(host, redirect(f"http://{other}/robots.txt")), Site(other, robots=rules)


@attack("", "robots_unreachable")
def robots_redirect_loop(host: str) -> Site:
    """RFC 9309: may count as no rules."""
    return _site(host, redirect("/robots.txt"))


@attack("robots_disallow", "robots_unreachable")
def robots_redirect_to_private(host: str) -> Site:
    """The rules are said to be in an intranet."""
    return _site(host, redirect("http://10.0.0.1/robots.txt"))


@attack("robots_disallow")
def robots_disallow(host: str) -> Site:
    """Nobody may fetch anything."""
    return _site(host, plain("User-agent: *\nDisallow: /\n"))


@attack("robots_disallow", path="/media/statement.pdf")
def robots_disallow_pdf(host: str) -> Site:
    """A pattern with a star and an end."""
    return _site(host, plain("User-agent: *\nDisallow: /*.pdf$\n"))


@attack("")
def robots_is_a_page(host: str) -> Site:
    """HTML instead of rules: no rules."""
    return _site(host, html("<!DOCTYPE html><title>Home</title><p>Disallow: / is not a rule.</p>"))


@attack("", "robots_unreachable")
def robots_garbage(host: str) -> Site:
    """Bytes instead of rules."""
    return _site(host, Page(bytes(range(256)) * 64, 200, {"Content-Type": "text/plain"}))


@attack("robots_disallow")
def robots_with_bom(host: str) -> Site:
    """A byte order mark before the rules."""
    return _site(host, plain("\ufeffUser-agent: *\r\nDisallow: /\r\n"))


@attack("")
def crawl_delay(host: str) -> Site:
    """Two seconds between requests."""
    return _site(host, plain("User-agent: *\nCrawl-delay: 2\n"))


@attack("robots_disallow")
def crawl_delay_of_a_day(host: str) -> Site:
    """More than a run can wait between requests."""
    return _site(host, plain("User-agent: *\nCrawl-delay: 86400\n"))


@attack("", "robots_unreachable")
def crawl_delay_of_nonsense(host: str) -> Site:
    """No number, or one that cannot be waited for."""
    return _site(host, plain("User-agent: *\nCrawl-delay: 1e999\nCrawl-delay: soon\n"))


@attack("")
def retry_after_429(host: str) -> Site:
    """429 with Retry-After: 1 once, then the statement."""
    return everywhere(host, behaviours.once_429)


@attack("")
def retry_after_date(host: str) -> Site:
    """429 with a date two seconds ahead once, then the statement."""
    return everywhere(host, behaviours.once_429_date)


@attack("http_429", "host_asked_to_wait", "host_given_up")
def always_429(host: str) -> Site:
    """429 with Retry-After: 1 for ever."""
    return answers(host, Page(b"slow down", 429, {"Retry-After": "1"}))


@attack("host_asked_to_wait")
def retry_after_a_day(host: str) -> Site:
    """More than a run can wait."""
    return answers(host, Page(b"slow down", 429, {"Retry-After": "86400"}))


@attack("http_429", "host_asked_to_wait")
def retry_after_nonsense(host: str) -> Site:
    """No number and no date."""
    return answers(host, Page(b"slow down", 429, {"Retry-After": "soon"}))


@attack("")
def flaky_503(host: str) -> Site:
    """503 twice, then the statement."""
    return everywhere(host, behaviours.twice_503)


@attack("http_5xx", "host_given_up")
def always_503(host: str) -> Site:
    """503 for ever."""
    return answers(host, Page(b"busy", 503))
