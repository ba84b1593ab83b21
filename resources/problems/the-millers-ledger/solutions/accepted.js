const words = require("fs").readFileSync(0, "utf8").split(/\s+/);
let at = 0;
const days = Number(words[at++]);
const requests = Number(words[at++]);

// Groups of about √n days; sums stay below 10¹⁴ and are exact.
const GROUP = Math.max(1, Math.floor(Math.sqrt(days)));
const entries = new Array(days).fill(0).map(() => Number(words[at++]));
const groups = new Array(Math.ceil(days / GROUP)).fill(0);
entries.forEach((entry, day) => (groups[Math.floor(day / GROUP)] += entry));

const sums = [];
for (let request = 0; request < requests; request++) {
  const what = words[at++];
  const first = Number(words[at++]);
  const second = Number(words[at++]);
  if (what === "set") {
    groups[Math.floor((first - 1) / GROUP)] += second - entries[first - 1];
    entries[first - 1] = second;
    continue;
  }
  let total = 0;
  let day = first - 1;
  while (day < second) {
    if (day % GROUP === 0 && day + GROUP <= second) {
      total += groups[day / GROUP];
      day += GROUP;
    } else {
      total += entries[day++];
    }
  }
  sums.push(total);
}
console.log(sums.join("\n"));
