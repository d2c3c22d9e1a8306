export { bankHolidays, deadlineOf, dueAt, dueSameDay, endOfWork, holidaysAreKnown, isWorkingDay, type Deadline } from './working-days.ts'
