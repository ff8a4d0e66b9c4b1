/** Counts the turns of the event loop from here to `end`, which gives their number. */
export function countTurns(onTurn?: (turns: number) => unknown): { end(): number } {
  let turns = 0;
  let next = setImmediate(turn);
  return {
    end: () => {
      clearImmediate(next);
      return turns;
    },
  };

  function turn(): void {
    turns += 1;
    next = setImmediate(turn);
    onTurn?.(turns);
  }
}
