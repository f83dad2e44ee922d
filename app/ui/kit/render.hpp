// Draws ImGui's lists with an SDL renderer; knows what was drawn last and draws only what changed.
#pragma once

#include "app/ui/kit/bridge.hpp"

#include <SDL.h>
#include <cstdint>
#include <map>
#include <vector>

struct ImDrawData;
struct ImDrawCmd;
struct ImDrawList;

namespace kiosk::ui {

/// UI thread only. The SDL renderer must outlive it.
class Painter {
public:
    explicit Painter(SDL_Renderer* renderer);
    ~Painter();
    Painter(const Painter&) = delete;
    Painter& operator=(const Painter&) = delete;

    /// Draws into the back buffer unless nothing changed; whether it drew. `all`: draw everything in any
    /// case.
    bool draw(const ImDrawData& data, bool all);
    /// The device lost its textures.
    void forget();

private:
    struct Command {
        std::uint64_t shape = 0; // geometry, clip and texture, without the texture's version
        std::uint64_t version = 0;
        SDL_Rect bounds{};
        bool operator==(const Command& o) const { return shape == o.shape && version == o.version; }
    };
    struct Texture {
        SDL_Texture* texture = nullptr;
        std::uint64_t version = 0;
        int width = 0, height = 0;
        bool used = false;
    };
    std::vector<Command> describe(const ImDrawData& data) const;
    bool changed(const std::vector<Command>& now, bool all, SDL_Rect& area) const;
    SDL_Texture* texture(const Image& image);
    void fillTexture(SDL_Texture* texture, const Image& image) const;
    void destroy(const Texture& texture) const;
    void drawCommand(const ImDrawList& list, const ImDrawCmd& command);
    void drawQuads(const ImDrawList& list, const ImDrawCmd& command, SDL_Texture* texture,
                   const Image& image);
    void drawTriangles(const ImDrawList& list, const ImDrawCmd& command, SDL_Texture* texture);

    SDL_Renderer* renderer_;
    bool software_ = false;
    std::vector<Command> last_;
    std::map<std::uint64_t, Texture> textures_;
};

} // namespace kiosk::ui
