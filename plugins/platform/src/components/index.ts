export * from './ChoiceCards';
export * from './FieldMessage';
export * from './LoadFailure';
