export { ChoiceCards, MultipleChoiceCards, type Choice } from './ChoiceCards';
