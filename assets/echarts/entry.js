// The parts of ECharts that the page draws with. Add a chart or component here, then `npm ci && npm run build`.
export { getInstanceByDom, init, version } from "echarts/core";

import { use } from "echarts/core";
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, TitleComponent, TooltipComponent } from "echarts/components";
// Canvas, not SVG: the SVG renderer writes style attributes, which a strict style-src forbids. The legend is the page's own,
// for the keyboard and for screen readers.
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart, LineChart, PieChart,
  AriaComponent, GridComponent, TitleComponent, TooltipComponent,
  CanvasRenderer,
]);
