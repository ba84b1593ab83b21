function first_melody(notes, length) {
  const echoes = (melody) => {
    for (let k = 1; 2 * k <= melody.length; k++) {
      if (melody.slice(-2 * k, -k) === melody.slice(-k)) return true;
    }
    return false;
  };
  const extend = (melody) => {
    if (melody.length === length) return melody;
    for (const note of notes) {
      if (echoes(melody + note)) continue;
      const found = extend(melody + note);
      if (found !== null) return found;
    }
    return null;
  };
  return extend("");
}
