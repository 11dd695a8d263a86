/// What Parley is on Amazon's cloud, as one CloudFormation template: [ParleyStack] puts it
/// together, [Choices] says what can be chosen, [Bounds] how much and how long.
///
/// The table is [parley.store.TableDesign]'s, the filters of its stream are the store's; nothing of
/// them is written here a second time. Writing the template needs no account and no network.
@NullMarked
package parley.infra;

import org.jspecify.annotations.NullMarked;
