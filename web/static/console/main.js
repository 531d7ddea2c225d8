/** The console: everything works without scripts, too; they make it fast. */

import { startCaller } from "./caller.js";
import { startCopying } from "./copy.js";
import { startKeys } from "./keys.js";
import { startPane } from "./pane.js";
import { startRecent } from "./recent.js";
import { startSearch } from "./search.js";

const restored = startCaller();
startRecent();
startPane();
startSearch();
startCopying();
startKeys();
// What was pressed meanwhile (early.js) is for this page, or for the one that it is left for.
if (!restored) dispatchEvent(new Event("radce-ready"));
