//===- control.cpp - Choices and loops, as in docs/tutorial.md ------------===//
#include <iostream>
#include <tactus/tactus.h>
using namespace tactus;

int main() try {
  Graph g("control");
  using Values = std::vector<Value>;

  // Newton's method: the mean of x and a / x, until x * x is near a.
  Value a = g.constant({2.f, 9.f, 100.f});
  Values root = whileLoop(
      {a, g.constant(0)},
      [&](const Values &v) { return greater(max(abs(v[0] * v[0] - a)), 1e-3); },
      [&](const Values &v) { return Values{(v[0] + a / v[0]) / 2, v[1] + 1}; });
  std::cout << evaluate(root[0]) << '\n' << evaluate(root[1]) << "\n\n";

  // A balance with interest, year by year.
  Value deposits = g.constant({100.f, 0.f, 50.f, 0.f});
  Values account = scan({g.constant(0.f)}, {deposits},
                        [](const Values &states, const Values &slices) {
                          Value balance = states[0] * 1.5 + slices[0];
                          return Values{balance, balance};
                        });
  std::cout << evaluate(account[0]) << '\n' << evaluate(account[1]) << "\n\n";

  // Only one of the two is computed.
  Value choice = cond(
      greater(max(a), 50), [&] { return Values{log(a)}; },
      [&] { return Values{a}; })[0];
  std::cout << evaluate(choice) << '\n';
} catch (const Error &error) {
  std::cerr << error.what() << '\n';
  return 1;
}
