// Ties the parts together once the page is there.

import { wireLayers } from "./layers.js";
import { announceDrawing, lookAtHash } from "./page.js";
import { wirePicks } from "./picks.js";
import { enter, wireTalk } from "./talk.js";
import { wireTime } from "./time.js";
import { wireTravel } from "./travel.js";

wirePicks();
wireLayers();
wireTalk();
wireTime();
wireTravel();
for (const box of document.querySelectorAll(".log-scroll")) box.scrollTop = box.scrollHeight;
lookAtHash();
announceDrawing(false);
enter();
document.documentElement.dataset.ready = "";
