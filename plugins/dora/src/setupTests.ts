import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages take their time on a busy machine.
configure({ asyncUtilTimeout: 15_000 });
jest.setTimeout(60_000);

// Some 400 options, which a simulated browser takes seconds to lay out.
Intl.supportedValuesOf = () => ['Europe/Berlin', 'America/New_York'];
