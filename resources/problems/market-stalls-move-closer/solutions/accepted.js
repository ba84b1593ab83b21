function move_centres(points, centres) {
  const sums = centres.map((centre) => centre.map(() => 0));
  const counts = centres.map(() => 0);
  for (const point of points) {
    let nearest = 0;
    let least = Infinity;
    centres.forEach((centre, number) => {
      let distance = 0;
      for (let axis = 0; axis < point.length; axis++) distance += (point[axis] - centre[axis]) ** 2;
      if (distance < least) {
        nearest = number;
        least = distance;
      }
    });
    counts[nearest]++;
    point.forEach((value, axis) => (sums[nearest][axis] += value));
  }
  return centres.map((centre, number) =>
    counts[number] ? sums[number].map((value) => value / counts[number]) : [...centre],
  );
}
