"""Web pages made for tests, as offices' websites write them."""

from __future__ import annotations

import quopri

LINKS = {"/": "首页", "/zw": "政务公开", "/tz": "通知（12）"}
ITEMS = "".join(f'<li><a href="{address}">{words}</a></li>' for address, words in LINKS.items())
NAVIGATION = f'<ul class="menu">{ITEMS}</ul>'
FOOTER = '<div class="footer">版权所有：某局 联系电话：0999-5550136 网站标识码：9990000012</div>'
STYLE = "<style>p{width:100%;line-height:28px}</style><script>var hits = 1024; function f(){return 5 + '个'}</script>"


def page(body: str, head: str = "") -> str:
    """A page with an article between a navigation and a footer."""
    meta = '<meta charset="utf-8"><title>信息公开</title>'
    article = f'<div class="article">{body}</div>'
    return f"<!DOCTYPE html><html><head>{meta}{head}{STYLE}</head><body>{NAVIGATION}{article}{FOOTER}</body></html>"


def archive(markup: str, encoding: str, address: str) -> bytes:
    """A page in the archive that a browser saves, beside a style of its own."""
    part = (
        f'Content-Type: text/html; charset="{encoding}"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
        f"Content-Location: {address}\r\n\r\n"
    )
    style = "Content-Type: text/css\r\nContent-Location: a.css\r\n\r\np{height:36px}\r\n"
    head = (
        'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--part"\r\n\r\n'
    )
    encoded = quopri.encodestring(markup.encode(encoding)).decode("ascii")
    return f"{head}----part\r\n{part}{encoded}\r\n----part\r\n{style}\r\n----part--\r\n".encode("ascii")
