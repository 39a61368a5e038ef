"""Only our own receiving server refutes a sender, and only with its topmost finding."""

import pytest

from intake.mail.authentication import is_forged

OURS = "mx.factory.example"


@pytest.mark.parametrize(
    ("results", "forged"),
    [
        ((f"{OURS}; dmarc=fail header.from=c.example",), True),
        ((f"{OURS} 1; dkim=none; dmarc=fail (p=reject)",), True),
        (("MX.Factory.Example; spf=fail; dkim=none",), True),
        ((f"{OURS}; spf=fail; dkim=fail; dkim=pass header.d=c.example",), False),
        ((f"{OURS}; spf=fail; dkim=fail; dmarc=pass",), False),
        ((f"{OURS}; dkim=fail; dmarc=none",), False),
        ((f"{OURS}; spf=pass (dmarc=fail)",), False),
        ((f"{OURS}; none",), False),
        (("mx.evil.example; dmarc=fail",), False),
        ((f"{OURS}.evil.example; dmarc=fail",), False),
        (("x (mx.factory.example; dmarc=fail",), False),
        ((f"{OURS}; dmarc=fail", f"{OURS}; dmarc=pass"), True),
        ((f"{OURS}; dmarc=pass", f"{OURS}; dmarc=fail"), False),
        (("list.example; dmarc=pass", f"{OURS}; dmarc=fail"), True),
        ((), False),
    ],
)  # fmt: skip
def test_it_believes_the_topmost_finding_of_our_own_server(results: tuple[str, ...], forged: bool) -> None:
    assert is_forged(results, (OURS,)) is forged


def test_a_server_whose_name_we_do_not_know_refutes_nobody() -> None:
    assert not is_forged((f"{OURS}; dmarc=fail",), ())
