"""The page on which a person chooses what the stand-in shall have seen."""

from html import escape

from juzhu.faces.sessions import Session

WORDS = {
    "zh": {
        "lang": "zh-CN",
        "title": "示例人脸核验",
        "what": "这是演示用的替身：不开摄像头，不拍照，什么也不留。请选“镜头”看到的是什么。",
        "who": "核验的人",
        "me": "我本人",
        "other": "别人",
        "photograph": "一张照片（不是真人）",
        "cancel": "不做了，回去",
        "gone": "这一次核验已经结束或者过期。请回到刚才的网页重新开始。",
    },
    "en": {
        "lang": "en",
        "title": "Sample face verification",
        "what": "A stand-in for the demo: it opens no camera, takes no picture and keeps nothing. "
        "Choose what the “camera” has seen.",
        "who": "Who is checked",
        "me": "Me",
        "other": "Somebody else",
        "photograph": "A photograph (nobody alive)",
        "cancel": "Stop and go back",
        "gone": "This check has ended or is too old. Go back to the page before and start again.",
    },
}
ANSWERS = ("me", "other", "photograph", "cancel")
STYLE = """
body { font: 1rem/1.6 system-ui, sans-serif; color: #1d2a30; background: #f4f1fa; margin: 0; }
main { max-width: 30rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.5rem; line-height: 1.35; }
button { display: block; width: 100%; min-height: 3rem; margin: 0 0 .75rem; font: inherit; font-weight: 600;
  color: #3b2a6b; background: #fff; border: 1px solid #3b2a6b; border-radius: .5rem; }
button:focus-visible { outline: 3px solid #1d2a30; outline-offset: 2px; }
"""


def page(session: Session | None) -> bytes:
    """The page of a session; of one that is over, a page that says so."""
    words = WORDS["en" if session and session.language == "en" else "zh"]
    if session is None:
        inner = f'<p>{words["gone"]}</p><p lang="en">{WORDS["en"]["gone"]}</p>'
    else:
        buttons = "".join(f'<button name="seen" value="{one}">{words[one]}</button>' for one in ANSWERS)
        inner = (
            f'<p>{words["what"]}</p><p>{words["who"]}: <b lang="zh-CN">{escape(session.name)}</b></p>'
            f'<form method="post">{buttons}</form>'
        )
    return (
        f'<!doctype html><html lang="{words["lang"]}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{words["title"]}</title>'
        f"<style>{STYLE}</style></head><body><main><h1>{words['title']}</h1>{inner}</main></body></html>"
    ).encode()
