// Days and moments as the service's pages write them, in Shanghai.
export const english = document.documentElement.lang === 'en';
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
  'November', 'December'];
export const day = iso => {
  const [year, month, date] = iso.split('-').map(Number);
  return english && MONTHS[month - 1] ? `${date} ${MONTHS[month - 1]} ${year}` : iso;
};
export const timeOf = when => {
  const time = document.createElement('time');
  const [iso, clock] = new Date(when.getTime() + 8 * 3600e3).toISOString().split('T');
  time.dateTime = `${iso}T${clock.slice(0, 5)}+08:00`;
  time.textContent = `${day(iso)}${english ? ', ' : ' '}${clock.slice(0, 5)}`;
  return time;
};
export const put = (place, ...parts) => { place.textContent = ''; place.append(...parts); };
export const write = (place, text, moments) => put(place, ...text.split(/\{(\w)\}/g)
  .map((part, odd) => (odd % 2 ? timeOf(moments[part]) : part)));
export const momentOf = seconds => new Date(seconds * 1000);
