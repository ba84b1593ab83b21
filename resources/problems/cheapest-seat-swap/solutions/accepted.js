function cheapest_swap(people, seats) {
  const ascending = (a, b) => a - b;
  people.sort(ascending);
  seats.sort(ascending);
  return people.reduce((total, person, index) => total + Math.abs(person - seats[index]), 0);
}
