// The door of the set-up: the template read and checked, the enterprise and its companies built from it.
export { bringUpSite, checkSite, planAndApply, type WantedSite } from './bring-up.ts'
export { checkTemplate, type Problem, unnamedPermissions } from './check.ts'
export { type CompanySetUp, type NewCompany, type NewWarehouse, setUpCompany } from './company.ts'
export { type EnterpriseOptions, openMonths, type SetUp, setUpEnterprise } from './enterprise.ts'
export { type Delivery, positionOf } from './fiscal-position.ts'
export { type Closed, holidaysOf } from './holidays.ts'
export { productPermissions } from './permissions.ts'
export { backorderRuleFor } from './rows.ts'
export {
  parseTemplate,
  REFERENCE_TEMPLATE,
  readShape,
  readTemplate,
  readTemplateFiles,
  type Template,
} from './template.ts'
