//===- ParameterStore.cpp - Named weights ---------------------------------===//
#include "tactus/ParameterStore.h"
#include "runtime/Support/Suggest.h"
#include "runtime/Tensor/Safetensors.h"

using namespace tactus;

struct ParameterStore::Impl {
  std::filesystem::path file;
  Safetensors content;
};

ParameterStore::ParameterStore() : impl(std::make_shared<Impl>()) {}

ParameterStore ParameterStore::open(const std::filesystem::path &file) {
  ParameterStore store;
  store.impl->content = readSafetensors(file);
  store.impl->file = file;
  return store;
}

void ParameterStore::set(std::string name, Tensor value) {
  impl->content.tensors.insert_or_assign(std::move(name), std::move(value));
}

bool ParameterStore::contains(std::string_view name) const {
  return impl->content.tensors.contains(name);
}

Tensor ParameterStore::get(std::string_view name) const {
  const NamedTensors &tensors = impl->content.tensors;
  if (auto found = tensors.find(name); found != tensors.end())
    return found->second;
  std::vector<std::string_view> known;
  for (const auto &[key, tensor] : tensors)
    known.push_back(key);
  throw Error(Error::Place{.file = impl->file.string()},
              "expected the name of a parameter, but got '" +
                  std::string(name) + "'" + didYouMean(name, known));
}

std::vector<std::string> ParameterStore::names() const {
  std::vector<std::string> names;
  for (const auto &[name, tensor] : impl->content.tensors)
    names.push_back(name);
  return names;
}

const std::filesystem::path &ParameterStore::file() const {
  return impl->file;
}

void ParameterStore::save(const std::filesystem::path &file) const {
  writeSafetensors(file, impl->content.tensors, impl->content.metadata);
}
