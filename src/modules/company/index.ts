// The only door to company: who we are, which day it is there, and what a foreign currency is worth.
export { type Company, companyByCode, companyById, listCompanies, todayFor } from './company/company-by-code.ts'
export { rateOn, requireRate } from './rate/rate-on.ts'
export { plainly } from './refusals.ts'
