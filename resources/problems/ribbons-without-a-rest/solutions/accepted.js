function fewest_pieces(ribbons) {
  let piece = 0, total = 0;
  for (const ribbon of ribbons) {
    total += ribbon;
    let other = ribbon;
    while (other) [piece, other] = [other, piece % other];
  }
  return total ? total / piece : 0;
}
