/** `YYYY-MM-DD HH:MM:SS`, local. */
export function localTime(date: Date): string {
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

const two = (number: number) => String(number).padStart(2, '0');
