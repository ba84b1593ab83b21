function who_told(gossip, asked) {
  const wanted = new Set(asked);
  let answer = null;
  const count = (villager) => {
    if (!villager) return 0;
    const found = count(villager.left) + count(villager.right) + (wanted.has(villager.val) ? 1 : 0);
    if (found === wanted.size && answer === null) answer = villager.val;
    return found;
  };
  if (wanted.size > 0) count(gossip);
  return answer;
}
