import sys
from pathlib import Path
import msgspec
from PySide6.QtWidgets import QApplication
app = QApplication([])
sys.path.insert(0,'.')
from pytestqt.qtbot import QtBot
class Req:
    class config:
        @staticmethod
        def getoption(*a, **k): return None
from sparring.problems import load_problem
from sparring.ui.theme import ThemeController
from sparring_server.protocol import messages, names
from sparring_server.protocol.view import Member, Phase
from tests.support.desk import Desk
from tests.support.problems import write_folder
from PySide6.QtTest import QTest
class Bot:
    def addWidget(self, w, **k): pass
    def waitExposed(self, w):
        import contextlib
        return contextlib.nullcontext()
    def waitUntil(self, f, timeout=5000): QTest.qWaitFor(f, timeout)
themes = ThemeController(app)
out = Path(sys.argv[1]); out.mkdir(exist_ok=True)
import tempfile
for theme in ("ink","paper"):
    themes.choose(theme)
    tmp = Path(tempfile.mkdtemp())
    d = Desk(Bot(), tmp, load_problem(write_folder(tmp/"problem")))
    d.window.set_theme(themes.theme)
    EVE = Member("eve-eve-eve-eve-", "Eve", "observer")
    d.evening.view = msgspec.structs.replace(d.evening.view, opener=d.evening.me)
    from dataclasses import replace
    s = d.evening.session
    s.invite = replace(s.invite, host="192.168.178.23", port=43123, tls=True, pin="x"*43)
    d.evening.tells(EVE.id, messages.MemberJoined(EVE), members=(*d.evening.view.members, EVE))
    for size in ((1280,800),(1920,1080)):
        d.window.resize(*size)
        d.controller.removing.ask(); QTest.qWait(200)
        d.window.grab().save(str(out/f"sheet-{theme}-{size[0]}.png"))
        QTest.keyClick(QApplication.focusWidget() or d.window, __import__("PySide6.QtCore").QtCore.Qt.Key.Key_Escape); QTest.qWait(50)
    d.evening.tells(d.evening.me, messages.PhaseChanged("lobby", 2, 0), phase=Phase.LOBBY, round=2, block=0)
    for size in ((1280,800),(1920,1080)):
        d.window.resize(*size); QTest.qWait(200)
        d.window.grab().save(str(out/f"lobby-{theme}-{size[0]}.png"))
    d.controller._entered_ms=0
    d.evening.tells(d.evening.me, messages.InviteRotated(EVE), members=d.evening.view.members[:2])
    d.window.resize(1280,800); QTest.qWait(200)
    d.window.grab().save(str(out/f"told-{theme}.png"))
    d.window._may_close=True
    d.close(); d.window.close()
