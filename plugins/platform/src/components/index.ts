export * from './ChoiceCards';
export * from './LoadFailure';
