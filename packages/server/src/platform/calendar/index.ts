export { bankHolidays, deadlineOf, dueAt, endOfWork, holidaysAreKnown, isWorkingDay, type Deadline } from './working-days.ts'
