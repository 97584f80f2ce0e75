export { startPostgres } from './postgres/startPostgres';
export { freePort } from './processes/freePort';
