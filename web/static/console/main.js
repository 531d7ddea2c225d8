/** The console: everything works without scripts, too; they make it fast. */

import { startCaller } from "./caller.js";
import { startCopying } from "./copy.js";
import { startField } from "./field.js";
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
// After the answer, which takes the focus where nothing else is being done.
if (!restored) startField();
// What was pressed meanwhile (early.js) is for this page, or for the one that it is left for.
if (!restored) dispatchEvent(new Event("radce-ready"));
