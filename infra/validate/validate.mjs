// Validates CloudFormation templates offline, by rules and schemas that the package brings along.
// Prints what is wrong, a line each, and exits with 1 if anything is.
import { RegoEngine, TemplateFile } from "@aws/cloudformation-validate";

// What the CDK writes by itself and does no harm: a dependency that another property implies.
const HARMLESS = new Set(["W3005"]);

const engine = new RegoEngine();
let wrong = 0;
for (const path of process.argv.slice(2)) {
  const report = engine.validateStandard(new TemplateFile(path));
  for (const it of report.diagnostics) {
    if (it.severity !== "INFO" && !HARMLESS.has(it.ruleId)) {
      wrong += 1;
      console.log(`${it.severity} ${it.ruleId} ${it.entity?.logicalId ?? ""} ${it.propertyPath ?? ""}: ${it.message}`);
    }
  }
}
engine.free();
process.exitCode = wrong === 0 ? 0 : 1;
