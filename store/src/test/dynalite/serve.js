// Serves an engine in memory on a free port of this machine, says which, and ends when its input
// ends: so it never outlives the tests that started it, however they end.
const dynalite = require("dynalite");

const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
server.listen(0, "127.0.0.1", () => console.log(`port ${server.address().port}`));

process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
