//===- Precompiled.cpp - Builds the precompiled header --------------------===//
