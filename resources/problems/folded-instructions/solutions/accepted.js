const line = require("fs").readFileSync(0, "utf8").trim();

// Counts grow far beyond what a number holds exactly.
const stack = [];
let steps = 0n;
let last = "-";
let digits = "";
for (const sign of line) {
  if (sign >= "0" && sign <= "9") {
    digits += sign;
  } else if (sign === "(") {
    stack.push([steps, last, digits === "" ? 1n : BigInt(digits)]);
    steps = 0n;
    last = "-";
    digits = "";
  } else if (sign === ")") {
    const [before, lastBefore, times] = stack.pop();
    const total = steps * times;
    if (total === 0n) last = lastBefore;
    steps = before + total;
  } else {
    steps += 1n;
    last = sign;
  }
}
console.log(`${steps} ${last}`);
