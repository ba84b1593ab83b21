const lines = require("fs").readFileSync(0, "utf8").split("\n");

const totals = new Map();
for (const line of lines) {
  if (line.trim() === "") continue;
  const [name, points] = line.trim().split(" ");
  totals.set(name, (totals.get(name) ?? 0) + Number(points));
}
const children = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
let place = 0;
const said = children.map(([name, total], index) => {
  if (index === 0 || total !== children[index - 1][1]) place = index + 1;
  return `${place} ${name} ${total}`;
});
console.log(said.length > 0 ? said.join("\n") : "nobody played");
