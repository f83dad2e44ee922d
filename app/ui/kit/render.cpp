// Quads by rectangle fills and copies where a processor paints, as triangles where a GPU does.
#include "app/ui/kit/render.hpp"

#include "app/base/secret.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <imgui.h>

namespace kiosk::ui {

namespace {

std::uint64_t mix(std::uint64_t hash, const void* data, std::size_t size) {
    const auto* bytes = static_cast<const unsigned char*>(data);
    for (; size >= 8; size -= 8, bytes += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes, 8);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15ull;
        hash ^= hash >> 29;
    }
    std::uint64_t rest = size;
    std::memcpy(&rest, bytes, size);
    hash = (hash ^ rest ^ (size << 56)) * 0x9E3779B97F4A7C15ull;
    return hash ^ hash >> 32;
}

const Image& imageOf(const ImDrawCmd& command) { return *static_cast<const Image*>(command.GetTexID()); }

SDL_Rect clipOf(const ImDrawCmd& command) {
    const int x = static_cast<int>(command.ClipRect.x), y = static_cast<int>(command.ClipRect.y);
    return {x, y, static_cast<int>(command.ClipRect.z) - x, static_cast<int>(command.ClipRect.w) - y};
}

} // namespace

Painter::Painter(SDL_Renderer* renderer) : renderer_(renderer) {
    SDL_RendererInfo info;
    software_ = SDL_GetRendererInfo(renderer, &info) == 0 && (info.flags & SDL_RENDERER_SOFTWARE) != 0;
}

Painter::~Painter() { forget(); }

void Painter::forget() {
    for (auto& [id, texture] : textures_) destroy(texture);
    textures_.clear();
    last_.clear();
}

void Painter::destroy(const Texture& entry) const {
    void* pixels = nullptr;
    int pitch = 0;
    if (SDL_LockTexture(entry.texture, nullptr, &pixels, &pitch) ==
        0) { // a camera picture must not stay in freed memory
        wipe(pixels, static_cast<std::size_t>(pitch) * static_cast<std::size_t>(entry.height));
        SDL_UnlockTexture(entry.texture);
    }
    SDL_DestroyTexture(entry.texture);
}

std::vector<Painter::Command> Painter::describe(const ImDrawData& data) const {
    std::vector<Command> commands;
    for (int n = 0; n < data.CmdListsCount; ++n) {
        const auto& list = *data.CmdLists[n];
        for (const auto& cmd : list.CmdBuffer) {
            if (cmd.ElemCount == 0) continue;
            const auto* indices = list.IdxBuffer.Data + cmd.IdxOffset;
            const auto [low, high] = std::minmax_element(indices, indices + cmd.ElemCount);
            const auto* vertices = list.VtxBuffer.Data + cmd.VtxOffset;
            Command command;
            const auto& image = imageOf(cmd);
            command.shape = mix(image.id, &cmd.ClipRect, sizeof cmd.ClipRect);
            command.shape = mix(command.shape, vertices + *low,
                                sizeof(ImDrawVert) * static_cast<std::size_t>(*high - *low + 1));
            command.version = image.version;
            command.bounds = clipOf(cmd);
            if (!image.alphaOnly) { // pictures change while everything else stands still: know where they are
                const SDL_FPoint a{vertices[*low].pos.x, vertices[*low].pos.y},
                    b{vertices[*high].pos.x, vertices[*high].pos.y};
                SDL_Rect box{static_cast<int>(std::floor(std::min(a.x, b.x))),
                             static_cast<int>(std::floor(vertices[*low].pos.y)), 0, 0};
                float right = a.x, bottom = a.y;
                for (auto v = *low; v <= *high; ++v)
                    right = std::max(right, vertices[v].pos.x), bottom = std::max(bottom, vertices[v].pos.y);
                box.w = static_cast<int>(std::ceil(right)) - box.x;
                box.h = static_cast<int>(std::ceil(bottom)) - box.y;
                SDL_IntersectRect(&box, &command.bounds, &command.bounds);
            }
            commands.push_back(command);
        }
    }
    return commands;
}

bool Painter::changed(const std::vector<Command>& now, bool all, SDL_Rect& area) const {
    if (!all && now == last_) return false;
    area = {};
    const auto sameShape = [](const Command& a, const Command& b) { return a.shape == b.shape; };
    // Only a processor's back buffer still holds the last frame.
    if (all || !software_ || !std::equal(now.begin(), now.end(), last_.begin(), last_.end(), sameShape))
        return true;
    for (std::size_t i = 0; i < now.size(); ++i)
        if (now[i].version != last_[i].version) {
            if (area.w == 0)
                area = now[i].bounds;
            else
                SDL_UnionRect(&area, &now[i].bounds, &area);
        }
    return true;
}

bool Painter::draw(const ImDrawData& data, bool all) {
    auto now = describe(data);
    SDL_Rect area;
    if (!changed(now, all, area)) return false;
    for (auto& [id, entry] : textures_) entry.used = false;
    if (area.w == 0) {
        SDL_RenderSetClipRect(renderer_, nullptr);
        if (!software_) {
            SDL_SetRenderDrawColor(renderer_, 0, 0, 0, 255);
            SDL_RenderClear(renderer_);
        }
    }
    for (int n = 0; n < data.CmdListsCount; ++n)
        for (const auto& command : data.CmdLists[n]->CmdBuffer) {
            if (command.ElemCount == 0) continue;
            SDL_Rect clip = clipOf(command);
            texture(imageOf(command));
            if (area.w > 0 && !SDL_IntersectRect(&clip, &area, &clip)) continue;
            SDL_RenderSetClipRect(renderer_, &clip);
            drawCommand(*data.CmdLists[n], command);
        }
    SDL_RenderSetClipRect(renderer_, nullptr);
    SDL_RenderFlush(renderer_);
    std::erase_if(textures_, [this](auto& entry) {
        if (!entry.second.used) destroy(entry.second);
        return !entry.second.used;
    });
    last_ = std::move(now);
    return true;
}

SDL_Texture* Painter::texture(const Image& image) {
    auto& entry = textures_[image.id];
    entry.used = true;
    if (entry.texture && (entry.width != image.width || entry.height != image.height)) {
        destroy(entry);
        entry.texture = nullptr;
    }
    if (!entry.texture) {
        entry.texture = SDL_CreateTexture(renderer_, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STREAMING,
                                          image.width, image.height);
        if (!entry.texture) return nullptr;
        entry.width = image.width;
        entry.height = image.height;
        entry.version = image.version + 1;
        SDL_SetTextureBlendMode(entry.texture, image.alphaOnly ? SDL_BLENDMODE_BLEND : SDL_BLENDMODE_NONE);
        SDL_SetTextureScaleMode(entry.texture, image.alphaOnly ? SDL_ScaleModeNearest : SDL_ScaleModeLinear);
    }
    if (entry.version != image.version) {
        fillTexture(entry.texture, image);
        entry.version = image.version;
    }
    return entry.texture;
}

void Painter::fillTexture(SDL_Texture* texture, const Image& image) const {
    void* pixels = nullptr;
    int pitch = 0;
    if (SDL_LockTexture(texture, nullptr, &pixels, &pitch) != 0) return;
    const auto* source = image.pixels.data();
    for (int y = 0; y < image.height; ++y) {
        auto* row = reinterpret_cast<std::uint32_t*>(static_cast<unsigned char*>(pixels) +
                                                     static_cast<std::ptrdiff_t>(y) * pitch);
        if (image.alphaOnly)
            for (int x = 0; x < image.width; ++x)
                row[x] = static_cast<std::uint32_t>(*source++) << 24 | 0xFFFFFFu;
        else
            for (int x = 0; x < image.width; ++x, source += 3)
                row[x] = 0xFF000000u | static_cast<std::uint32_t>(source[0]) << 16 |
                         static_cast<std::uint32_t>(source[1]) << 8 | source[2];
    }
    SDL_UnlockTexture(texture);
}

void Painter::drawCommand(const ImDrawList& list, const ImDrawCmd& command) {
    const auto& image = imageOf(command);
    auto* pixels = texture(image);
    if (!pixels) return;
    if (software_)
        drawQuads(list, command, pixels, image);
    else
        drawTriangles(list, command, pixels);
}

void Painter::drawQuads(const ImDrawList& list, const ImDrawCmd& command, SDL_Texture* pixels,
                        const Image& image) {
    const auto* vertices = list.VtxBuffer.Data + command.VtxOffset;
    const auto* indices = list.IdxBuffer.Data + command.IdxOffset;
    const auto width = static_cast<float>(image.width), height = static_cast<float>(image.height);
    for (unsigned i = 0; i + 6 <= command.ElemCount;
         i += 6) { // Canvas draws upright quads only: corners 0 and 2 say it all
        const auto& a = vertices[indices[i]];
        const auto& b = vertices[indices[i + 2]];
        const SDL_FRect to{a.pos.x, a.pos.y, b.pos.x - a.pos.x, b.pos.y - a.pos.y};
        const auto red = static_cast<Uint8>(a.col >> IM_COL32_R_SHIFT),
                   green = static_cast<Uint8>(a.col >> IM_COL32_G_SHIFT),
                   blue = static_cast<Uint8>(a.col >> IM_COL32_B_SHIFT),
                   alpha = static_cast<Uint8>(a.col >> IM_COL32_A_SHIFT);
        if (a.uv.x == b.uv.x && a.uv.y == b.uv.y) {
            SDL_SetRenderDrawBlendMode(renderer_, alpha == 255 ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
            SDL_SetRenderDrawColor(renderer_, red, green, blue, alpha);
            SDL_RenderFillRectF(renderer_, &to);
            continue;
        }
        const int x = static_cast<int>(std::lround(a.uv.x * width)),
                  y = static_cast<int>(std::lround(a.uv.y * height));
        const SDL_Rect from{x, y, static_cast<int>(std::lround(b.uv.x * width)) - x,
                            static_cast<int>(std::lround(b.uv.y * height)) - y};
        SDL_SetTextureColorMod(pixels, red, green, blue);
        SDL_SetTextureAlphaMod(pixels, alpha);
        SDL_RenderCopyF(renderer_, pixels, &from, &to);
    }
}

void Painter::drawTriangles(const ImDrawList& list, const ImDrawCmd& command, SDL_Texture* pixels) {
    const auto* vertices = list.VtxBuffer.Data + command.VtxOffset;
    constexpr int stride = sizeof(ImDrawVert);
    SDL_RenderGeometryRaw(
        renderer_, pixels, &vertices->pos.x, stride, reinterpret_cast<const SDL_Color*>(&vertices->col),
        stride, &vertices->uv.x, stride, list.VtxBuffer.Size - static_cast<int>(command.VtxOffset),
        list.IdxBuffer.Data + command.IdxOffset, static_cast<int>(command.ElemCount), sizeof(ImDrawIdx));
}

} // namespace kiosk::ui
