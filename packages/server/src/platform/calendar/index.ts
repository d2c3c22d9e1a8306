export {
  bankHolidays,
  deadlineOf,
  dueAt,
  dueSameDay,
  endOfWork,
  holidaysAreKnown,
  isBankHoliday,
  isWorkingDay,
  type Deadline,
} from './working-days.ts'
