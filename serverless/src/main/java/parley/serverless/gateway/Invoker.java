package parley.serverless.gateway;

import parley.serverless.runtime.Outcome;
import parley.serverless.template.Template.Resource;

/// Calls the function that a template describes.
@FunctionalInterface
public interface Invoker {
  Outcome invoke(Resource function, String event) throws InterruptedException;
}
