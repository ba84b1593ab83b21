function coats_left(scans) {
  const hanging = new Set();
  for (const ticket of scans) {
    if (!hanging.delete(ticket)) hanging.add(ticket);
  }
  return [...hanging];
}
