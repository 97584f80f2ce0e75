export { cardsField } from './cardsField';
