/** The console: everything works without scripts, too; they make it fast. */

import { startCaller } from "./caller.js";
import { startCopying } from "./copy.js";
import { startKeys } from "./keys.js";
import { startPane } from "./pane.js";
import { startRecent } from "./recent.js";
import { startSearch } from "./search.js";

startCaller();
startRecent();
startPane();
startSearch();
startCopying();
startKeys();
