import '@backstage/cli/asset-types';
import '@backstage/ui/css/styles.css';
import './modules/theme/tokens.css';
import './modules/theme/stock.css';
import ReactDOM from 'react-dom/client';
import { createWaymark } from './App';

ReactDOM.createRoot(document.getElementById('root')!).render(
  createWaymark().createRoot(),
);
